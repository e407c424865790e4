"""The words that made-up contacts are made of."""

# ruff: noqa: SIM905  # words are easier to read without quotes
from __future__ import annotations

FIRST_NAMES = """
Ada Adam Agnes Aisha Alan Alba Ana Andrea Anton Aoife Beate Bruno Carla Carlos Chidi Chloé Clara
Daniel Dara Deepak Diego Dora Dylan Elena Elif Elsa Emil Erik Esther Eva Fabian Farah Felix Fiona
Frank Grace Greta Gunther Hana Hanna Hassan Heidi Henrik Ida Igor Ines Ingrid Ivan Jana Jasper
Jelena Joana Jonas Jörg José Julia Kai Karim Katya Kelsey Kenji Lara Lars Leila Leo Lin Louis
Lucía Maja Marc Maria Marta Mei Milan Mina Nadia Nils Noa Nora Olga Omar Oskar Pablo Paula Pedro
Petra Priya Rafael Renée Rosa Ruth Samir Sara Selma Simone Sofia Tariq Tomáš Uma Vera Viktor
Wanda Yara Yusuf Zoë
""".split()
_STEMS = """
Ahl Ander Ber Brand Bren Cal Dahl Dan Eck Eden Fal Ferr Gar Gold Hal Han Hart Hol Jan Kess Kirch
Lang Lind Mar Mer Mol Nor Ol Pal Pet Quin Ram Ros Sal San Stein Stern Tor Val Wall Wes Wind
""".split()
_ENDINGS = """
aas ado ard arro bach berg bury by dale den eira enko ero ford gaard ham hofer ini kov land ley
lund man oğlu ova owski quist ridge son stad stein stone ström sworth tin ton vik ville well
""".split()
LAST_NAMES = [stem + ending for stem in _STEMS for ending in _ENDINGS]
TRADES = """
Bakery Carpentry Consulting Dental Design Engineering Flowers Logistics Partners Plumbing Roofing
Studio
""".split()
DOMAINS = ("example.com", "example.org", "example.net")
SOURCES = """
HomeFinder Referral Newsletter Website NestBoard Walk-in Podcast Webinar Exhibition LinkedIn
""".split()
OWNERS = ("marta", "marta", "marta", "jonah", "jonah", "lena", "felix", "dora")
TAGS = """
buyer seller investor tenant landlord first-time relocation downsizing vip cash family commercial
garden lake
""".split()
WISHES = (
    "wants two bedrooms near a school",
    "asks for a garden and no stairs",
    "sells only if the price is right",
    "is waiting for the bank",
    "moves here for work in spring",
    "would like a workshop, even a small one",
    "compares us with two others",
    "prefers to be called after five",
)
ENDS_OF_NOTES = (
    "and has time",
    "but is not in a hurry",
    "and asked for photos",
    "as soon as the old flat is sold",
    "and sends greetings from Günther",
    "- call again after the holidays",
    "and will bring a friend along",
    "but the phone is often off",
)
WAYS = ("call", "call", "call", "email", "email", "text", "meeting", "visit")
