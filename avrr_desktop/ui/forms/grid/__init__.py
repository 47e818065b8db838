"""The family grid: a person a row, columns as in an office's register, without a mouse."""
