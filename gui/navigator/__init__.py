"""项目, the left panel: the projects of the open file by year and unit, with their states and a filter."""
