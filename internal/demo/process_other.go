//go:build !unix

package main

import "os/exec"

// alone and sweep need process groups, which only Unix has.
func alone(*exec.Cmd) {}

func sweep(*exec.Cmd) {}
