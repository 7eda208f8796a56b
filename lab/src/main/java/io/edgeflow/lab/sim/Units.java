package io.edgeflow.lab.sim;

import picocli.CommandLine.Command;

/** How durations and sizes are written, at the end of a command's help; a mixin. */
@Command(footer = {"", "A DURATION is written 500ms, 90s, 5m or 2h, a SIZE 64KiB, 8MiB or 1GiB."})
public final class Units {}
