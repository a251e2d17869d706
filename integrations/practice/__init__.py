"""The practice province: real servers that training mode and the tests run on."""
