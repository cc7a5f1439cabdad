"""stub"""
from PySide6.QtWidgets import QWidget
class Navigator(QWidget):
    def __init__(self, document, appearance, parent=None):
        super().__init__(parent)
