"""What may stand between a site and who looks at it: pages refused, replaced, cut or spoilt on their way."""
