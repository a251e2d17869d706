"""Seals of offices on papers (电子印章): the practice hall's own; a hall's service stands here, too."""
