@NullMarked
package io.edgeflow.process.settings;

import org.jspecify.annotations.NullMarked;
