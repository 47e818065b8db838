"""Practice stores: invented people and cases."""
