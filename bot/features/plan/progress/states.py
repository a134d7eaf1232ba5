"""What is awaited of those who report and of those who check; `awaiting_id` is the measure."""

# A note, a photo, or a sum of money.
REPORT = "progress:report"
# Words or a photo of somebody of the monitoring group.
CHECK = "progress:check"
