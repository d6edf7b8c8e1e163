"""The checks of course 2 accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestCourse2(PlantedAnswers):
    folder = "course2_improving"
