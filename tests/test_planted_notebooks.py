"""The checks of the shelf accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestShelf(PlantedAnswers):
    folder = "notebooks"
