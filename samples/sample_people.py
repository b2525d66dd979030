"""The ids of the sample world and the people in it, for make_samples.py."""

WELCOME = "66e9e215ece19801b2199901"
RENEWAL = "66e9e215ece19801b2199902"
SUMMER = "66e9e215ece19801b2199903"  # inactive
EVENT = "66e9e215ece19801b2199904"  # takes no aggregate mailboxes
RETIRED = "66e9e215ece19801b2199905"  # archived
UNKNOWN_SEQUENCE = "66e9e215ece19801b21999ff"  # not in the world

ROBIN = "6633baaece5fbd01c791d701"
NEWS = "6633baaece5fbd01c791d702"
GONE = "6633baaece5fbd01c791d703"  # revoked
POOL = "6633baaece5fbd01c791d704"  # an aggregate account

SENDER = "66302798d03b9601c7934ebf"
OWNER = "60affe7d6e270a00f5db6fe4"

FIRST_NAMES = """Ada Amélie Anselm Björn Chiara Dmitri Elif Esther Fatima Grace Hedwig Inés Ivo Jörg
Kenji Leïla Lucía Magnus Mei Nils Noémie Olga Paweł Quinn Rania Søren Tomás Ursula Viktor Wanda
Yusuf Zoë 静香 Γεωργία Євген""".split()
LAST_NAMES = """Abel Bianchi Castañeda Dąbrowski Eriksen Fournier García Horváth Ivanova Jensen
Kowalska Lindqvist Møller Nakamura O'Brien Petrov Quintero Rossi Šimek Tanaka Ueda Virtanen Weiß Xu
Yılmaz Zhang Ćosić Dvořák Haddad Mac-Íomhair 鈴木 Παπαδάκη""".split()
TITLES = [
    "Head of Procurement",
    "VP Sales, EMEA",
    "Chief Technology Officer",
    'Plant Manager ("Works 2")',
    "Director of Marketing",
    "Operations Manager",
    "Founder & CEO",
    "Account Executive; Key Accounts",
]
COMPANIES = [
    "Alder & Ash, Ltd.",
    "Brücken Logistik GmbH",
    'Café "Au Coin" SARL',
    "Delta Optics",
    "Éclair Énergie",
    "Fjord Marine AS",
    "Granite Foods, Inc.",
    "Hollow Hill Textiles",
    "Iskra Robotics d.o.o.",
    "Juniper Media",
]
CITIES = [
    ("Sampletown", "Leinster", "Ireland"),
    ("Beispielstadt", "Bayern", "Germany"),
    ("Exempleville", "Île-de-France", "France"),
    ("Przykładów", "Mazowieckie", "Poland"),
    ("Ejemplo", "Andalucía", "Spain"),
]


def contact_id(number, group=0):
    """Listed contacts; the group keeps the files apart."""
    return f"66e34b81740c50{group:02x}{number:08x}"


def person(identity, number, email, **more):
    """A contact of the world whose name follows from a number."""
    return {
        "id": identity,
        "first_name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "last_name": LAST_NAMES[number * 5 % len(LAST_NAMES)],
        "title": TITLES[number % len(TITLES)],
        "company": COMPANIES[number % len(COMPANIES)],
        "email": email,
        **more,
    }
