"""What the resources are made with: catalogues, formats, fonts, icons, names, the guide of the command line."""
