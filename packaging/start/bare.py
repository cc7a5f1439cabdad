"""The floor of a start: nothing but an empty window of the same size."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("bare")
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
