"""Reading what others wrote: schedules, scripts, shoots."""
