"""得分预览, the panel on the right: the score of a self-evaluation with its reasons, what a declaration holds."""
