"""Hearings as residents meet them: the notice, its answers, the calendar and the reminders."""
