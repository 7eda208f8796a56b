@NullMarked
package io.edgeflow.lab.demo;

import org.jspecify.annotations.NullMarked;
