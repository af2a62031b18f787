package api

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a moment in an answer. Null, an empty text and the zero time of
// whatever language the platform is written in are the zero Date: the platform
// did not say. Anything else has to be RFC 3339.
type Date struct{ time.Time }

// UnmarshalJSON reads a date as it stands in an answer.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("a date is not a text: %w", err)
	}
	*d = Date{}
	if text == nil || *text == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, *text)
	if err != nil {
		return fmt.Errorf("a date is not in RFC 3339: %w", err)
	}
	if at.Year() > 1 && at.Unix() != 0 {
		d.Time = at.UTC()
	}
	return nil
}
