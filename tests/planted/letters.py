"""Wrong answers to a case study, `choice, number = "b", 0.09`."""

from tests.planted import Planted


def letters(best: str, numbers: dict[str, float]) -> list[Planted]:
    """Each other letter with the right number, and the best letter with wrong ones.

    numbers : what is wrong -> number
    """
    return [
        Planted(f"choice {other}", f'"{best}", ', f'"{other}", ')
        for other in "abcd"
        if other != best
    ] + [
        Planted(name, body=f'choice, number = "{best}", {number}')
        for name, number in numbers.items()
    ]
