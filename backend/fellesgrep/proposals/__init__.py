"""The project proposal of a case: goals, activities and time plan, frozen when it is submitted."""
