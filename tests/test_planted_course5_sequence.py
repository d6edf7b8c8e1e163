"""The checks of course 5 accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestCourse5(PlantedAnswers):
    folder = "course5_sequence"
