"""Drawing functions: data in, marks on matplotlib Axes, the alternative text out. They know nothing of widgets."""

from .still import plot_losses, show_digits

__all__ = ["plot_losses", "show_digits"]
