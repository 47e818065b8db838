"""What an officer with a passphrase of their own, the folder and Python may try: nobody else may be fooled by it."""
