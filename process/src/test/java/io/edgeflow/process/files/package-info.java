@NullMarked
package io.edgeflow.process.files;

import org.jspecify.annotations.NullMarked;
