"""The real window on a real desktop: X11, a window manager, an input method, and a listener in place of a reader."""
