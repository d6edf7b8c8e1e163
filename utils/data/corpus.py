"""A made-up world told in sentences about animals, countries and crafts.

Every noun has a family (cattle, Japan, baking) and a role (the mother, the capital, the
tool). Some sentences tell what the family does, whoever of it is meant; others what the
role does, in any family. So what two words have in common is known beforehand, and
what vectors make of the text can be judged.
"""

from typing import NamedTuple

import numpy as np


class World(NamedTuple):
    """Kinds of families that share their roles."""

    roles: tuple[str, ...]
    families: tuple[tuple[str, ...], ...]  # one noun for each role
    facts: tuple[tuple[str, ...], ...]  # of each family, filled into `family_lines`
    family_lines: tuple[str, ...]  # "{}" is the noun, "{0}" ... the family's facts
    role_lines: tuple[tuple[str, ...], ...]  # lines of each role


ANIMALS = World(
    roles=("male", "female", "young"),
    families=(
        ("bull", "cow", "calf"),
        ("stallion", "mare", "foal"),
        ("boar", "sow", "piglet"),
        ("ram", "ewe", "lamb"),
        ("rooster", "hen", "chick"),
        ("drake", "duck", "duckling"),
        ("gander", "goose", "gosling"),
        ("stag", "doe", "fawn"),
        ("lion", "lioness", "cub"),
        ("cob", "pen", "cygnet"),
    ),
    facts=(
        ("hay", "meadow", "mooing", "brown"),
        ("oats", "stable", "neighing", "black"),
        ("turnips", "sty", "grunting", "pink"),
        ("clover", "hillside", "bleating", "woolly"),
        ("grain", "coop", "clucking", "red"),
        ("pondweed", "pond", "quacking", "green"),
        ("grass", "riverbank", "hissing", "grey"),
        ("acorns", "forest", "barking", "spotted"),
        ("meat", "savannah", "roaring", "golden"),
        ("bread", "lake", "trumpeting", "white"),
    ),
    family_lines=(
        "the {noun} eats {0} in the {1}",
        "we heard a {noun} {2} near the {1}",
        "a {3} {noun} stood in the {1}",
        "she gave {0} to the {noun}",
        "the {noun} came {2} across the {1}",
        "that {3} {noun} likes {0} best",
    ),
    role_lines=(
        (
            "the {noun} fights its rival",
            "a proud {noun} guards the others",
            "the strong {noun} attacked the stranger",
            "nobody dares to face that angry {noun}",
        ),
        (
            "the {noun} is a careful mother",
            "a {noun} nurses and protects her young",
            "the gentle {noun} gave birth in spring",
            "in may the {noun} looks after her children",
        ),
        (
            "the little {noun} stumbles and plays",
            "a newborn {noun} follows its mother",
            "the tiny {noun} sleeps and grows",
            "children love to stroke the playful {noun}",
        ),
    ),
)

COUNTRIES = World(
    roles=("country", "capital"),
    families=(
        ("france", "paris"),
        ("italy", "rome"),
        ("spain", "madrid"),
        ("egypt", "cairo"),
        ("japan", "tokyo"),
        ("greece", "athens"),
        ("poland", "warsaw"),
        ("kenya", "nairobi"),
        ("peru", "lima"),
        ("norway", "oslo"),
    ),
    facts=(
        ("french", "cheese", "wine"),
        ("italian", "pasta", "marble"),
        ("spanish", "paella", "oranges"),
        ("arabic", "beans", "cotton"),
        ("japanese", "sushi", "silk"),
        ("greek", "olives", "honey"),
        ("polish", "dumplings", "amber"),
        ("swahili", "porridge", "tea"),
        ("quechua", "potatoes", "silver"),
        ("norwegian", "salmon", "timber"),
    ),
    family_lines=(
        "people in {noun} speak {0} and eat {1}",
        "they bought {2} and {1} in {noun}",
        "her {0} teacher comes from {noun}",
        "{noun} is famous for {2}",
        "in {noun} a {0} friend cooked {1}",
        "the ship brings {2} from {noun}",
    ),
    role_lines=(
        (
            "the army of {noun} defends its borders",
            "farmers all over {noun} harvest the fields",
            "{noun} signed a treaty with its neighbours",
            "the president of {noun} won the election",
        ),
        (
            "the subway of {noun} is crowded",
            "the mayor of {noun} opened a bridge",
            "in the streets of {noun} the traffic is loud",
            "the parliament meets in {noun} downtown",
        ),
    ),
)

CRAFTS = World(
    roles=("person", "tool"),
    families=(
        ("baker", "oven"),
        ("smith", "anvil"),
        ("tailor", "needle"),
        ("carpenter", "saw"),
        ("fisherman", "net"),
        ("painter", "brush"),
        ("potter", "wheel"),
        ("miner", "pickaxe"),
        ("barber", "razor"),
        ("writer", "pen"),
    ),
    facts=(
        ("dough", "cakes", "bakery"),
        ("iron", "nails", "forge"),
        ("cloth", "coats", "fitting room"),
        ("wood", "tables", "sawmill"),
        ("bait", "herrings", "harbour"),
        ("paint", "portraits", "studio"),
        ("clay", "bowls", "kiln"),
        ("rock", "coal", "mine"),
        ("hair", "beards", "salon"),
        ("ink", "novels", "library"),
    ),
    family_lines=(
        "{0} and a {noun} make {1}",
        "in the {2} you find a {noun} and {0}",
        "no {1} without a {noun}",
        "the {noun} of this {2} is known for {1}",
        "give the {noun} more {0}",
        "they photographed the {noun} beside the {1} in the {2}",
    ),
    role_lines=(
        (
            "the {noun} earns money and pays taxes",
            "a {noun} teaches his apprentice",
            "the tired {noun} went home and slept",
            "our {noun} complains that customers are late",
        ),
        (
            "the {noun} is rusty and must be repaired",
            "a new {noun} costs fifty coins",
            "somebody broke the old {noun}",
            "clean the {noun} and put it on the shelf",
        ),
    ),
)

WORLDS = {"animals": ANIMALS, "countries": COUNTRIES, "crafts": CRAFTS}
SMALL_TALK = (
    "it rained all day and the road was wet",
    "the sun came out after breakfast",
    "nobody knew what to say about it",
    "we waited for an hour and then we left",
    "the news on the radio was good",
    "they sang an old song at the party",
    "it was cold and the wind was strong",
    "the train was late again this week",
)


def sentences(
    rng: np.random.Generator,
    num_sentences: int,
    role_share: float = 0.45,
    talk_share: float = 0.1,
) -> list[list[str]]:
    """Tell the world: a list of sentences, each a list of words in small letters.

    rng           : random generator
    num_sentences : int >= 1
    role_share    : the share of sentences that tell what a role does; with 0 the words
                    of one family are told apart by nothing but chance
    talk_share    : the share of sentences about nothing in particular
    returns        num_sentences lists of words
    raises         ValueError naming the shares if they are not shares of one whole

    "pen" is a word of two worlds, a female swan and a writer's tool.
    """
    if min(role_share, talk_share) < 0 or role_share + talk_share > 1:
        raise ValueError(
            "role_share and talk_share must be >= 0 and at most 1 together, "
            f"got {role_share} and {talk_share}"
        )
    return [_sentence(rng, role_share, talk_share) for _ in range(num_sentences)]


def _sentence(rng, role_share: float, talk_share: float) -> list[str]:
    which = rng.random()
    if which < talk_share:
        return SMALL_TALK[rng.integers(len(SMALL_TALK))].split()
    world = list(WORLDS.values())[rng.integers(len(WORLDS))]
    family, role = rng.integers(len(world.families)), rng.integers(len(world.roles))
    tells_role = which < talk_share + role_share
    lines = world.role_lines[role] if tells_role else world.family_lines
    line = lines[rng.integers(len(lines))]
    noun = world.families[family][role]
    return line.format(*world.facts[family], noun=noun).split()


def analogies(world: World, first: int, second: int) -> np.ndarray:
    """All questions "a is to b as c is to d" between two roles of a world.

    world         : World
    first, second : int, places of the roles, a and c against b and d
    returns        (q, 4) str, every family with every other

    The word "pen" is left out: it has two meanings.
    """
    pairs = [(words[first], words[second]) for words in world.families]
    pairs = [pair for pair in pairs if "pen" not in pair]
    return np.array(
        [(*one, *other) for one in pairs for other in pairs if one != other]
    )
