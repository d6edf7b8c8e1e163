"""The checks of course 4 accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestCourse4(PlantedAnswers):
    folder = "course4_cnn"
