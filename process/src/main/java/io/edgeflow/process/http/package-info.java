/** The small web server of every process: JSON, pages, server-sent events, one form of error. */
@NullMarked
package io.edgeflow.process.http;

import org.jspecify.annotations.NullMarked;
