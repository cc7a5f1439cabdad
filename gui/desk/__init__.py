"""What every room of the window uses: looks, small labels, dialogs, messages, jobs, files to choose."""
