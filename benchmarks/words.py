"""What the generated notes are made of."""

PRODUCTS = {
    "reseller-portal": ("Reseller portal", 25),
    "checkout": ("Checkout", 19),
    "fleet-app": ("Fleet app", 17),
    "billing": ("Billing", 14),
    "data-hub": ("Data hub", 13),
    "field-service": ("Field service", 12),
}

# handle, name, e-mails on the roster, aliases that only .mailmap knows, minutes east of UTC, summer time
PMS = (
    ("caroline", "Caroline Ruiz", ("caroline@example.com",), ("cruiz@laptop.local",), 60, True),
    ("dev", "Dev Patel", ("dev@example.com", "dev.patel@example.com"), (), 330, False),
    ("eve", "Eve Okafor", ("eve@example.com",), ("eve@old.example.net", "EOkafor@Mail.example.net"), 60, False),
    ("frank", "Frank Müller", ("frank@example.com",), (), 60, True),
    ("grace", "Grace Hartono", ("grace@example.com",), ("grace@users.git.example",), 420, False),
    ("hana", "Hana Sato", ("hana@example.com",), (), 540, False),
    ("ines", "Inês Duarte", ("ines@example.com", "ines.duarte@example.com"), ("ines@home.example",), 0, True),
    ("jonah", "Jonah Whitford", ("jonah@example.com",), (), -480, True),
    ("keala", "Keala Makoa", ("keala@example.com",), ("keala@tablet.local",), -600, False),
    ("luis", "Luis Pardo", ("luis@example.com",), (), -300, True),
    ("mere", "Mere Tawhai", ("mere@example.com",), ("mere@box.example",), 765, True),
    ("noor", "Noor Haddad", ("noor@example.com",), (), 180, False),
)
GUESTS = (
    ("Nina Berg", "nina@partner.example", 120, False),
    ("Sam O'Hara", "sam@agency.example", -210, True),
)
LEFT_THE_TEAM = "former-pm"

FIRSTS_TEXT = """
Acme Alder Amber Arbor Atlas Aurora Basalt Beacon Birch Bluebird Boreal Brook Cedar Cobalt Copper Coral Crest
Delta Dune Ember Falcon Fern Fjord Garnet Glacier Granite Harbor Hazel Heron Indigo Iris Jasper Juniper Kestrel
Lagoon Larch Lumen Maple Marble Meadow Mesa Nimbus Norte Oak Onyx Orchid Osprey Pine Prairie Quartz Quill Raven
Ridge Sable Sage Sierra Slate Summit Tamarack Tern Thistle Topaz Tundra Umber Vale Willow Wren Yarrow Zephyr
Café Évora Ångel Peña
"""
FIRSTS = tuple(FIRSTS_TEXT.split())
SECONDS_TEXT = """
Freight Logistics Foods Outfitters Robotics Energy Textiles Clinics Hotels Retail Optics Motors Paper Glass
Dental Pharma Rail Shipping Cycles Insurance Telecom Farms Dairy Timber Printing Steel Studios Schools Air
Wholesale Markets Tools Plastics Seeds Marine Couriers Bakeries Instruments Books Garden
"""
SECONDS = tuple(SECONDS_TEXT.split())
THIRDS = ("", "Group", "North", "West", "Holding", "Partners", "International", "Services", "Works", "Trading")
OWN_COMPANIES = ("Example Inc", "example inc", "EXAMPLE INC", "example.com")

SEGMENTS = ("enterprise", "mid-market", "smb")
ROLES = ("user", "buyer", "admin", "champion", "decision-maker", "evaluator")
VIA = ("sales", "support", "cs", "marketing", "partner", "research")
CHANNELS = ("video", "phone", "onsite", "event", "chat", "email")
OUTCOMES = ("won", "lost-competitor", "lost-no-decision", "churned", "renewed", "unknown")
JOBS = ("ops lead", "admin", "buyer", "dispatcher", "accountant", "IT lead", "team lead", "store manager")

TAGS_TEXT = """
navigation sso security pricing export onboarding search mobile reports billing roles imports performance api
notifications audit offline printing
"""
TAGS = tuple(TAGS_TEXT.split())
THINGS = (
    "the price list", "single sign-on", "the export to a spreadsheet", "the approval step", "the dispatch board",
    "the monthly invoice", "adding a new colleague", "the search", "the mobile view", "the weekly report",
    "moving between accounts", "the audit log", "printing labels", "the returns form", "offline mode",
    "the permissions page", "importing last year's orders", "the stock forecast",
)  # fmt: skip
SAID = {
    "pain": ("{} took three days and two calls", "{} times out at month end", "nobody trusts {}", "lost an hour on {}"),
    "delight": ("{} just works", "showed {} to the whole team", "{} is quicker than before", "new colleagues like {}"),
    "need": ("must hand {} to a deputy", "wants {} before the quarter closes", "has to prove {} to the auditor"),
    "workaround": ("a paper list beside {}", "copies {} by hand each Friday", "a macro that stands in for {}"),
    "behaviour": ("opens {} first thing each morning", "checks {} twice", "asks a colleague about {}"),
    "surprise": ("had no idea that {} exists", "{} is used by the drivers too", "{} is read aloud in meetings"),
    "objection": ("{} costs more than it saves", "would not move {} into the cloud"),
    "request": ("{} on one page", "a reminder for {}", "{} in Portuguese"),
    "question": ("who owns {}?", "how often does {} change?"),
    "goal": ("halve the time for {}", "retire the old system behind {}"),
    "context": ("{} was bought by the previous team", "two people look after {}"),
}
QUOTES = (
    "I gave up and shared one login.", "It is fine once you know where to click.", "We printed it, to be safe.",
    "My deputy would never find that.", "That saved our Friday.", "I stopped reading those mails.",
    "We have a spreadsheet for the spreadsheet.", "If that breaks, we stand still.",
)  # fmt: skip
PROSE = (
    "They walked me through a normal Monday, from the first mail to the last phone call.",
    "Most of the talk was about {}, and who has to wait when it is late.",
    "The story began in spring, when {} changed hands for the second time.",
    "I asked for the last time it went wrong; they found the ticket while we talked.",
    "Nobody in the room could say why {} is done in this order.",
    "We stopped early, because the truck was at the gate, and agreed on ten more minutes next week.",
    "They compared {} with the tool they had before, mostly in our favour.",
    "A second colleague joined late and remembered the weeks around {} quite differently.",
)
HEADINGS = {
    "learning": ("Context", "Last time it happened", "What they do today"),
    "win-loss": ("Trigger", "Alternatives and process", "Turning point"),
    "site-visit": ("Setting", "What I saw", "Tools and artefacts"),
    "support-listen": ("Case in one line", "Where it broke", "What support did"),
    "sales": ("Stage and ask", "Criteria and objections heard", "Promised"),
}
