"""The register of correspondence: notes verbales and letters, in and out, with what is attached and when a reply is due."""
