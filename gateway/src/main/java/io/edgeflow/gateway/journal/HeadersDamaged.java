package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** There are segments, and nothing that is intact says which edge they belong to. */
public final class HeadersDamaged extends IOException {
  HeadersDamaged(Path directory, List<Path> segments) {
    super(
        directory
            + " holds "
            + segments.size()
            + " segments of a journal, and the header of every one is damaged: "
            + segments.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "))
            + ". Nothing in them can be read. A gateway starts here all the same: it sets them"
            + " aside, reports them as an event, and delivers the sealed files that are intact");
  }
}
