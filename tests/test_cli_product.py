"""`ilog product mv`: one commit, and old names go on working."""

import json
import signal
from collections import Counter

import pytest

from builders import note_text
from cli import CONFIG, ROOT, Team, by, stocked
from golden import check
from refusals import counts, refusing, state

OLD, NEW = f"{ROOT}/checkout", f"{ROOT}/pay"


def mv(team: Team, *more: str, old: str = "checkout", new: str = "pay"):
    return team.run("product", "mv", old, new, *more)


def groups(team: Team, *flags: str) -> dict[str, int]:
    told = json.loads(team.run("stats", "--json", "--weeks", "all", "--by", "product", *flags).stdout)
    return {each["key"]: each["total"] for each in told["groups"]}


def alike(number: int, product: str = "checkout") -> dict[str, str]:
    """Give so many notes, each by another customer, that differ in little but their names."""
    names = [f"customer-{index:03d}" for index in range(number)]
    body = "# Talk\n\n## Observations\n\n- pain: the same words in all of them #sso\n- need: more of the same\n"
    return {
        f"{ROOT}/{product}/{name}-2026-11-{1 + index % 18:02d}.md": note_text(
            customer=name, date=f"2026-11-{1 + index % 18:02d}", product=product, pm=None, body=body
        )
        for index, name in enumerate(names)
    }


def test_notes_fields_and_rules_change_in_one_commit(team):
    stocked(team)
    team.repo.write({f"{ROOT}/reseller-portal/soylent-2026-11-19.md": None})
    before = team.repo.head
    notes = {path for path in team.repo.git("ls-files").splitlines() if path.startswith(OLD)}
    done = mv(team, "--title", "Pay & go")
    moved = {path.replace(OLD, NEW) for path in notes}
    assert (done.code, set(done.lines)) == (0, moved)
    assert team.repo.git("rev-parse", "HEAD^").strip() == before
    assert team.subject() == "Move product: checkout to pay"
    assert team.repo.files_of() == notes | moved | {"ilog.yaml"}
    assert (team.repo.status(), (team.top / OLD).exists()) == ([], False)
    for path in moved - {f"{NEW}/broken-2026-11-16.md"}:
        assert "\nproduct: pay\n" in team.read(path), path
    assert team.read("ilog.yaml") == CONFIG.replace("products: [checkout]", "products: [pay]").replace(
        "checkout: {title: Checkout}", 'pay: {title: "Pay & go", was: [checkout]}'
    )


def test_notes_of_other_products_that_were_about_it_follow(team):
    other = team.note("Acme Freight", also_products="[insights, checkout]  # both")
    one = team.note("Globex", also_products="checkout")
    text = team.read(other)
    team.note("Initech", product="checkout", also_products="[reseller-portal]")
    mv(team)
    assert team.committed(other) == text.replace("[insights, checkout]", "[insights, pay]")
    assert "also_products: pay\n" in team.committed(one)


def test_a_field_that_says_something_else_stays(team):
    team.repo.commit(
        {f"{OLD}/a-2026-11-18.md": note_text(product="elsewhere"), f"{OLD}/b-2026-11-18.md": note_text(product=None)}
    )
    mv(team)
    assert "product: elsewhere\n" in team.read(f"{NEW}/a-2026-11-18.md")
    assert "product:" not in team.read(f"{NEW}/b-2026-11-18.md")


def test_counts_are_the_same_before_and_after(team):
    stocked(team)
    calls, commits, by_product = counts(team), counts(team, "--basis", "commits"), groups(team)
    assert mv(team).code == 0
    after = counts(team)
    assert (after["people"], after["team"]) == (calls["people"], calls["team"])
    assert Counter(each["reason"] for each in after["not_counted"]) == Counter(
        e["reason"] for e in calls["not_counted"]
    )
    assert counts(team, "--basis", "commits") == commits
    assert groups(team) == {("pay" if key == "checkout" else key): total for key, total in by_product.items()}


@pytest.mark.parametrize("number", [7, 200])
def test_notes_that_look_alike_stay_with_those_who_wrote_them(team, number):
    for index, (path, text) in enumerate(alike(number).items()):
        team.repo.write({path: text})
        if index % 20 == 19 or index == number - 1:
            team.repo.git("add", "-A")
            team.repo.commit(
                author=by(["caroline", "dev", "eve"][index // 20 % 3]),
                when=f"2026-11-{1 + index // 20:02d}T10:00:00+0000",
            )
    calls, commits = counts(team), counts(team, "--basis", "commits")
    assert len(mv(team).lines) == number
    assert counts(team)["people"] == calls["people"]
    assert counts(team, "--basis", "commits") == commits
    assert team.repo.git("show", "--format=", "--name-status", "-M", "-l0").count("\nR") == number


def test_notes_of_the_very_same_text_stay_apart(team):
    text = note_text(product=None, pm=None)
    for handle in ("caroline", "dev", "eve"):
        team.repo.commit({f"{OLD}/{handle}-2026-11-18.md": text}, author=by(handle), when="2026-11-18T10:00:00+0000")
    commits = counts(team, "--basis", "commits")
    mv(team)
    assert counts(team, "--basis", "commits") == commits
    assert f"{NEW}/eve-2026-11-18.md" in team.run("why", f"{NEW}/eve-2026-11-18.md").stdout


def test_notes_too_short_to_be_known_again_are_renamed_first(team):
    team.repo.commit({f"{OLD}/a-2026-11-18.md": "---\nproduct: checkout\n---\n"}, author=by("eve"))
    commits = counts(team, "--basis", "commits")
    assert mv(team, new="another-name-altogether").code == 0
    assert (team.subject("HEAD^"), team.subject()) == (
        "Move product: checkout to another-name-altogether", "Edit: product another-name-altogether",
    )  # fmt: skip
    assert counts(team, "--basis", "commits") == commits


def test_what_lies_beside_the_notes_comes_along(team):
    team.repo.commit(
        {
            f"{OLD}/acme-2026-11-18.md": note_text(product="checkout"),
            f"{OLD}/shots/a.png": b"\x89PNG",
            f"{OLD}/.gitkeep": "",
        }
    )
    done = mv(team)
    assert done.lines == [f"{NEW}/acme-2026-11-18.md"]
    assert (team.top / NEW / "shots" / "a.png").read_bytes() == b"\x89PNG"
    assert (team.repo.status(), (team.top / OLD).exists()) == ([], False)


def test_what_git_does_not_know_is_left_and_named(team):
    team.note("Acme", product="checkout")
    team.repo.write({f"{OLD}/.DS_Store": "x"})
    done = mv(team)
    assert (done.code, team.exists(f"{OLD}/.DS_Store")) == (0, True)
    assert f"left where it was, for git does not know it: what else is in {OLD}" in done.stderr


# Old names


@pytest.fixture
def renamed(team):
    """A folder in which checkout is called pay now."""
    stocked(team)
    mv(team)
    return team


@pytest.mark.parametrize(
    "word",
    [
        f"/{OLD}/globex-2026-11-12.md",
        f"{OLD}/globex-2026-11-12.md",
        "checkout/globex-2026-11-12",
        "checkout/globex-2026-11-12.md",
    ],
)
@pytest.mark.parametrize("command", ["show", "why", "summary"])
def test_old_links_go_on_working(renamed, word, command):
    done = renamed.run(command, word)
    assert (done.code, "Globex" in done.stdout or "pay/globex" in done.stdout) == (0, True)


def test_old_links_work_for_notes_that_came_later_and_from_any_directory(renamed):
    path = renamed.note("Wayne", product="pay")
    assert renamed.run("why", f"/{path.replace('/pay/', '/checkout/')}").lines[0] == path
    assert renamed.run("why", "../checkout/wayne-2026-11-18.md", start=renamed.top / NEW).lines[0] == path


def test_old_links_work_in_a_bare_repository(renamed, tmp_path):
    renamed.repo.git("clone", "-q", "--bare", str(renamed.top), str(tmp_path / "bare.git"))
    done = renamed.run("why", "checkout/globex-2026-11-12", ILOG_REPO=str(tmp_path / "bare.git"))
    assert (done.code, done.lines[0]) == (0, f"{NEW}/globex-2026-11-12.md")


def test_selectors_take_the_old_name(renamed):
    for command in (["list", "--format", "paths"], ["search", "sso", "--format", "paths"], ["summary"]):
        one, other = (renamed.run(*command, "--product", name) for name in ("checkout", "pay"))
        assert (one.code, one.stdout) == (0, other.stdout)
        assert one.stdout
    assert renamed.run("new", "checkout", "Wayne").stdout == f"{NEW}/wayne-2026-11-20.md\n"
    assert renamed.run("mv", "acme-freight-2026-11-18", "--product", "checkout").stdout.startswith(f"{NEW}/")


def test_notes_that_still_stand_under_the_old_name_are_seen_under_the_new_one(renamed):
    before = groups(renamed)
    renamed.note("Wayne", product="checkout", relationship="customer")
    renamed.note("Kent", also_products="[checkout]")
    assert groups(renamed) == before | {"pay": before["pay"] + 2, "reseller-portal": before["reseller-portal"] + 1}
    for name in ("checkout", "pay"):
        found = renamed.run("list", "--format", "paths", "--product", name).lines
        assert {f"{OLD}/wayne-2026-11-18.md", f"{ROOT}/reseller-portal/kent-2026-11-18.md"} < set(found)
    assert "checkout         Checkout         is pay now" in renamed.run("product").stdout
    assert mv(renamed).lines == [f"{NEW}/wayne-2026-11-18.md"]
    assert groups(renamed) == before | {"pay": before["pay"] + 2, "reseller-portal": before["reseller-portal"] + 1}


def test_an_earlier_commit_shows_the_name_of_today(renamed):
    now = groups(renamed, "--no-uncommitted")
    assert groups(renamed, "--at", "HEAD~1", "--until", "2026-W47") == now
    told = groups(renamed, "--basis", "commits")
    assert (set(told), sum(told.values())) == ({"pay", "reseller-portal"}, 11)


def test_a_product_renamed_twice_is_known_by_all_its_names(renamed):
    assert mv(renamed, old="pay", new="money").code == 0
    assert "money: {title: Checkout, was: [pay, checkout]}" in renamed.read("ilog.yaml")
    for name in ("checkout", "pay", "money"):
        assert renamed.run("why", f"{name}/globex-2026-11-12").code == 0, name
        assert renamed.run("list", "--format", "paths", "--product", name).stdout


def test_whoever_manages_it_still_does(renamed):
    note = renamed.note("Wayne", product="checkout", pm="dev", consent="quotes", nugget='"They count by hand."')
    assert "who product manages our Checkout" in renamed.run("summary", note, "--for", "execs").stdout


# Refusals


@pytest.mark.parametrize(
    ("old", "new", "code", "said", "hint"),
    [
        ("chekout", "pay", 66, "no such product: chekout", "ilog product mv checkout pay"),
        ("zzz", "pay", 66, "no such product: zzz", "ilog product"),
        ("checkout", "Pay it!", 2, "not a slug of a-z, 0-9 and hyphens: Pay it!", "ilog product mv checkout pay-it"),
        ("checkout", "checkout", 2, "it is called checkout already", "ilog product"),
    ],
)
def test_names_that_are_none_are_refused(team, old, new, code, said, hint):
    done = mv(team, old=old, new=new)
    assert (done.code, done.stderr) == (code, f"ilog: {said}\n  next: {hint}\n")


def test_a_product_that_was_renamed_already_says_so(renamed):
    head = renamed.repo.head
    done = mv(renamed)
    assert (done.code, done.stderr) == (66, "ilog: checkout is called pay now\n  next: ilog product\n")
    done = mv(renamed, new="money")
    assert (done.code, done.stderr) == (66, "ilog: checkout is called pay now\n  next: ilog product mv pay money\n")
    assert renamed.repo.head == head


def test_two_products_become_one_unless_names_collide(team):
    team.note("Globex", product="checkout")
    team.note("Acme Freight", product="checkout")
    team.note("Acme Freight")
    before = state(team)
    done = mv(team, new="reseller-portal")
    assert done.code == 73
    assert done.stderr.startswith(f"ilog: the note exists: {ROOT}/reseller-portal/acme-freight-2026-11-18.md\n  next: ")
    assert f"ilog mv {OLD}/acme-freight-2026-11-18.md --product reseller-portal --again" in done.stderr
    assert state(team) == before
    assert team.run("mv", "checkout/acme-freight-2026-11-18", "--product", "reseller-portal", "--again").code == 0
    assert mv(team, new="reseller-portal").code == 0
    assert "products: {reseller-portal: {title: Reseller portal, was: [checkout]}}" in team.read("ilog.yaml")
    assert groups(team) == {"reseller-portal": 2}


@pytest.mark.parametrize(
    ("change", "way"),
    [
        ({f"{OLD}/globex-2026-11-18.md": note_text(product="checkout", body="- need: x\n")}, "ilog save, then: "),
        ({f"{OLD}/new-2026-11-18.md": note_text(product="checkout")}, "ilog save, then: "),
        (
            {f"{ROOT}/reseller-portal/acme-freight-2026-11-18.md": note_text(also_products="[checkout]", body="x")},
            "ilog save, then: ",
        ),
        ({"ilog.yaml": f"{CONFIG}# mine\n"}, "git add ilog.yaml && git commit ilog.yaml, then: "),
        (
            {f"{OLD}/globex-2026-11-18.md": None},
            f"git add {OLD}/globex-2026-11-18.md && git commit {OLD}/globex-2026-11-18.md, then: ",
        ),
    ],
)
def test_what_is_not_committed_is_not_mixed_into_it(team, change, way):
    team.note("Globex", product="checkout")
    team.note("Acme Freight", also_products="[checkout]")
    team.repo.write(change)
    before = state(team)
    done = mv(team)
    assert (done.code, done.stderr) == (
        3, f"ilog: not committed yet: {next(iter(change))}\n  next: {way}ilog product mv checkout pay\n",
    )  # fmt: skip
    assert state(team) == before


def test_uncommitted_work_elsewhere_is_no_hindrance_and_stays(team):
    team.note("Globex", product="checkout")
    draft = team.draft("Acme Freight")
    assert mv(team).code == 0
    assert team.repo.status() == [f"?? {draft}"]


@pytest.mark.parametrize("how", ["hook", "detached", "nobody", "locked", "rebase", "merge"])
def test_on_a_refusal_all_is_as_it_was(team, how):
    stocked(team)
    team.repo.write({"staged.txt": "s"})
    team.repo.git("add", "staged.txt")
    code = refusing(team, how)
    before = state(team)
    done = mv(team)
    assert (done.code, done.stdout, state(team) == before) == (code, "", True)
    assert how == "nobody" or "ilog product mv checkout pay" in done.stderr


def test_a_folder_without_rules_gets_some(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    team.note("Globex", product="checkout")
    team.note("Acme Freight")
    assert mv(team, "--title", "Pay").code == 0
    assert team.committed("ilog.yaml") == "products:\n  pay: {title: Pay, was: [checkout]}\n  reseller-portal: {}\n"
    assert team.run("why", "checkout/globex-2026-11-18").code == 0


def test_rules_with_a_byte_order_mark_and_carriage_returns_keep_them(team):
    team.repo.commit({"ilog.yaml": b"\xef\xbb\xbf" + CONFIG.replace("\n", "\r\n").encode()})
    team.note("Globex", product="checkout")
    mv(team)
    raw = (team.top / "ilog.yaml").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfschema: 1\r\n")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_what_it_says(team):
    stocked(team)
    said = []
    for words in ([], ["mv", "chekout", "pay"], ["mv", "checkout", "pay", "--title", "Pay & go"], ["list"]):
        done = team.run("product", *words)
        said.append(f"$ {' '.join(['ilog', 'product', *words])}\n{done.stdout}{done.stderr}-> {done.code}\n")
    check("product.txt", "\n".join(said))


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_told_to_end_it_puts_everything_back(team, name):
    stocked(team)
    before = state(team)
    team.repo.hook("pre-commit", f"read -r _ _ _ ilog _ </proc/$PPID/stat; kill -{name} $ilog; exit 1")
    done = team.process("product", "mv", "checkout", "pay")
    (team.top / ".git" / "hooks" / "pre-commit").unlink()
    assert done.code == 128 + signal.Signals[f"SIG{name}"]
    assert state(team) == before


def test_a_folder_that_is_no_slug_gets_a_name_that_is_one(team):
    team.repo.commit(
        {f"{ROOT}/Bad Product/acme-2026-11-18.md": note_text(customer="Acme", date="2026-11-18", product=None)}
    )
    done = team.run("product", "mv", "Bad Product", "bad-product")
    assert (done.code, done.stdout) == (0, f"{ROOT}/bad-product/acme-2026-11-18.md\n")
    assert team.run("list", "--product", "bad-product", "--format", "paths").stdout == done.stdout
