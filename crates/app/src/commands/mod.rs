//! The bodies of the commands, one module an area. Each reads its input, calls the rooms below and converts the result.
