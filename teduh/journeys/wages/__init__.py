"""An employer's monthly wage return: read, judged, shown, filed and billed. `wage_return` is where doors come in."""
