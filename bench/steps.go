package main

// step is one command of Terraform that is measured: one walk, in a provider process of its own.
type step string

// The steps, in the order in which they are taken.
const (
	planCreates  step = "plan of creates"
	applyCreates step = "apply of creates"
	planPending  step = "plan, all pending"
	planChange   step = "plan of a changed grant"
	applyChange  step = "apply of a changed grant"
	seeAccepted  step = "refresh that sees all accepted"
	planAccepted step = "plan, all accepted"
	applyDestroy step = "apply of destroys"
)

var steps = []step{planCreates, applyCreates, planPending, planChange, applyChange, seeAccepted, planAccepted, applyDestroy}

// likened is the step that the references, which know no acceptance, are compared by.
func (s step) likened() step {
	if s == seeAccepted || s == planAccepted {
		return planPending
	}
	return s
}

// times is how often a step is taken in one round. A plan that finds nothing can be made again.
func (s step) times() int {
	if s == planPending || s == planAccepted {
		return 3
	}
	return 1
}

// act does one step in a workspace that is prepared for it.
func (w *workspace) act(t *terraform, s step) (usage, error) {
	if w.fake != nil {
		w.fake.ResetJournal()
	}
	arguments := map[step][]string{
		planCreates:  {"plan", "-out=saved"},
		applyCreates: {"apply", "saved"},
		planPending:  {"plan", "-detailed-exitcode"}, // which fails where there is a difference
		planChange:   {"plan", "-out=saved"},
		applyChange:  {"apply", "saved"},
		seeAccepted:  {"plan", "-refresh-only", "-out=saved"},
		planAccepted: {"plan", "-detailed-exitcode"},
		applyDestroy: {"apply", "saved"},
	}[s]
	took, err := t.run(w, arguments...)
	if err != nil {
		return usage{}, err
	}
	if w.fake != nil {
		took.requests = w.fake.Count()
		took.sends = w.fake.Count(sending)
	}
	return took, w.check(s)
}

// prepare brings a workspace to where a step begins. None of it is measured.
func (w *workspace) prepare(t *terraform, s step) error {
	switch s {
	case planCreates:
		return w.declare(w.a)
	case planChange:
		return w.declare(w.b)
	case seeAccepted:
		if err := w.remember(); err != nil {
			return err
		}
		return w.acceptAll()
	case planAccepted:
		_, err := t.run(w, "apply", "saved")
		return err
	case applyDestroy:
		if err := w.restore(); err != nil {
			return err
		}
		_, err := t.run(w, "plan", "-destroy", "-refresh=false", "-out=saved")
		return err
	default:
		return nil
	}
}
