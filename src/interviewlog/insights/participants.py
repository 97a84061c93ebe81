"""Entries of `participants` that read like somebody's name, where a code and a role should stand."""

import re

from interviewlog.insights.speaking import is_public

# Two or three words at the beginning of an entry, each as a name is written: `Jane Doe`, `Doe, Jane`, `Jane M. McRoe`.
_PART = r"[^\W\d_](?:[^\W\d_]|['’])[\w'’-]{0,30}"
_ALONE = re.compile(rf"\s*(?P<words>{_PART},?\s+(?:[A-Z]\.?\s+)?{_PART}(?:\s+{_PART})?)\s*(?:$|[,;:(\[/–—|]|-\s)")
# Words for what somebody does, which titles are made of.
_ROLES = frozenset(
    """account accounts accountant administrator advisor agent analyst analytics architect area assistant associate
    business buying chain change chief clerk client commercial communications compliance consultant content controller
    coordinator council customer data delivery deputy design designer developer development devops digital
    district enterprise executive expert facility field former founder freelance frontend backend fullstack full general
    global growth hardware human infrastructure information innovation inside intern internal international junior key
    learning leader local logistics machine market master mechanic member mobile network nurse office officer operator
    order partner partnerships payroll performance plant platform president principal process procurement production
    program programme project purchasing quality reception receptionist regional relations representative research
    researcher resources retail risk safety salesperson school science scientist scrum secretary security senior service
    services shift shop site software solutions specialist staff store strategic strategy student success supervisor
    supply support system systems teacher tech technical technician technology test tester tooling trade trainee trainer
    training treasurer user vice ux ui warehouse web wholesale worker works
    einkauf einkäufer einkäuferin geschäftsführer geschäftsführerin leiter leiterin leitung mitarbeiter sachbearbeiter
    technik technischer vertrieb verwaltung""".split()  # noqa: SIM905
)


def is_name(entry: str, customer: str) -> bool:
    """Tell whether an entry begins with two or three words like a person's name, not with a code or a title.

    `customer` is whose participant it is: words of that name are no person's.
    """
    begin = _ALONE.match(entry)
    words = [word.strip(".") for word in begin["words"].replace(",", " ").split()] if begin else []
    is_written_so = all(word[0].isupper() and (len(word) == 1 or not word.isupper()) for word in words)
    is_title = any(word.casefold() in _ROLES for word in words)
    return bool(words) and is_written_so and not is_title and not is_public((words[0], words[-1]), (customer,))
