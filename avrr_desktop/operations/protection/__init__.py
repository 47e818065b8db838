"""The rights of the people in the files: their own data, erasing, restriction."""
