"""The products of a folder, as text."""

from collections.abc import Iterable

from interviewlog.config import Config
from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, draw


def table(products: Iterable[str], config: Config) -> str:
    """Give a line per product: its slug, its title, and what it was called before."""
    rows = []
    for name in products:
        now = config.current_product(name)
        known = config.products.get(name)
        said = f"was {', '.join(known.was)}" if known and known.was else f"is {now} now" if now != name else ""
        rows.append([Cell(clean(name)), Cell(clean(config.product_title(name))), Cell(clean(said))])
    return draw(rows)
