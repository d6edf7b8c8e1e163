"""The checks of course 1 accept the solutions and catch planted wrong answers."""

from tests.planted.suite import PlantedAnswers


class TestCourse1(PlantedAnswers):
    folder = "course1_nn"
