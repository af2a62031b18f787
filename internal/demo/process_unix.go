//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// alone puts the command into a process group of its own. An interrupt from the keyboard then reaches only this
// program, which interrupts Terraform once: a second interrupt would make it leave its providers running.
func alone(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// sweep ends whatever an ended command left running.
func sweep(command *exec.Cmd) {
	if command.Process != nil {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	}
}
