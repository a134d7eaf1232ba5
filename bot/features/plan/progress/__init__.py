"""How far each measure is: asked once a month, heard by its followers, checked by the monitoring group."""
