// Package chaos tries to break what the provider promises: nobody is mailed twice, no invitation is lost, nobody is
// removed unasked, no secret is shown, and state survives whatever a platform answers.
//
// It holds tests only. Each runs in a bubble of testing/synctest, where waiting takes no time: the real provider server,
// the real clients and net/http, the fake platforms behind it, and between them connections in memory. In Terraform's place
// stands workspace, which talks the plugin protocol as Terraform does: refresh, plan, apply, one provider process
// for each walk.
//
//   - TestMatrix lets every kind of failure meet every operation of every platform, and says for each what the user sees.
//   - TestSchedules plays random lives of an organization and checks the promises after every step. What fails is
//     printed with its seed and shortened to the steps that matter.
//   - The limits (memory, requests in flight, sizes of answers) are asserted with figures.
package chaos
