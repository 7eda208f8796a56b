@NullMarked
package io.edgeflow.process.http;

import org.jspecify.annotations.NullMarked;
