"""The checks of course 3 accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestCourse3(PlantedAnswers):
    folder = "course3_structuring"
