package apiserver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Without a cluster, `launchgate check` refuses a malformed object by its own reading of the CRDs (webhook/wire/schema.cpp, and rules.cpp for
// the CEL rules). Here both judge the same objects: every sample, good and bad, and each of them changed at random (always in the same way).
func TestOfflineSaysTheSame(t *testing.T) {
	binary, err := filepath.Abs(or(os.Getenv("LAUNCHGATE_BINARY"), repository+"/build/launchgate"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(binary); err != nil {
		t.Skipf("%s is not built", binary)
	}
	kinds, folder := judges(t), t.TempDir()
	cases := mutants(t, samples(t), rand.New(rand.NewSource(20261124)))
	for i, object := range cases {
		text, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, file(i)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	offline := refusals(t, binary, folder)
	refused, broken := 0, map[string]int{}
	for i, object := range cases {
		schema, rules := kinds[object["kind"].(string)].says(object)
		said, wrong := offline[file(i)]
		online := slices.Concat(schema, rules)
		if len(online) == 0 && strings.Contains(said, " is of type array: expected string") {
			continue // the library lets a list pass where a text with a format (date-time) belongs; refusing it is right
		}
		if wrong != (len(online) > 0) {
			t.Errorf("%s\n  offline:    %q\n  API server: %v\n  %s", file(i), said, online, brief(object))
			continue
		}
		for _, rule := range rules {
			broken[rule.Detail]++
		}
		if wrong {
			refused++
		}
		if len(rules) > 0 && !slices.ContainsFunc(rules, func(e *field.Error) bool {
			// Of a rule about the keys of a map the program names the key too.
			return regexp.MustCompile(`: ` + regexp.QuoteMeta(e.Field) + `(\.\S+)? breaks a rule: ` + regexp.QuoteMeta(e.Detail)).MatchString(said)
		}) {
			t.Errorf("%s: another rule\n  offline:    %q\n  API server: %v", file(i), said, rules)
		}
	}
	t.Logf("%d objects, %d refused; by rule: %v", len(cases), refused, broken)
	if len(broken) < 9 {
		t.Errorf("too few rules were broken to compare: %v", broken)
	}
}

// says is what the API server finds wrong: with the schema, or else, as it does, with the rules. Unknown fields are none of this: it drops them.
func (j judge) says(object map[string]any) (schema, rules field.ErrorList) {
	object = runtime.DeepCopyJSON(object)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, j.shape)
	schema = validation.ValidateCustomResource(nil, object, j.openapi)
	schema = append(schema, listtype.ValidateListSetsAndMaps(nil, j.shape, object)...)
	if len(schema) == 0 {
		rules, _ = j.rules.Validate(context.Background(), nil, j.shape, object, nil, celconfig.RuntimeCELCostBudget)
	}
	return schema, rules
}


// refusals by file: what `check` prints of an object that is malformed ("file:line: Kind name: …"). Its other complaints are about what fits the
// CRD and still cannot be meant, such as a pack that there is not or a parameter that its gate cannot read; the API server has no opinion on those.
func refusals(t *testing.T, binary, folder string) map[string]string {
	t.Helper()
	command := exec.Command(binary, "check", folder)
	var said bytes.Buffer
	command.Stderr = &said
	_ = command.Run() // exits 2, of course
	line := regexp.MustCompile(`^launchgate: .*/(case-\d+\.json):\d+: (Readiness\w+ case-\d+: .*)$`)
	parameter := regexp.MustCompile(`: spec\.gates\.\S+\.params\.\S+ is `)
	found := map[string]string{}
	for _, text := range strings.Split(said.String(), "\n") {
		if match := line.FindStringSubmatch(text); match != nil && !parameter.MatchString(match[2]) {
			found[match[1]] = match[2]
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s refused nothing:\n%s", binary, said.String())
	}
	return found
}

func samples(t *testing.T) (found []map[string]any) {
	t.Helper()
	for _, root := range []string{"examples", "policies", "tests/crds/good", "tests/crds/bad"} {
		for _, path := range files(t, filepath.Join(repository, root)) {
			if strings.HasSuffix(path, "key-twice.yaml") { // no object at all
				continue
			}
			all, err := objects(t, path)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			found = append(found, all...)
		}
	}
	return found
}

// mutants are the samples themselves and, of each, some with one or two places of their spec changed. Names are made unique, so that none hides another.
func mutants(t *testing.T, samples []map[string]any, dice *rand.Rand) (cases []map[string]any) {
	t.Helper()
	for _, sample := range samples {
		for round := range 25 {
			object := runtime.DeepCopyJSON(sample)
			for range min(round, 1+round%2) {
				object["spec"] = change(object["spec"], dice)
			}
			object["metadata"] = map[string]any{"name": fmt.Sprintf("case-%05d", len(cases)), "namespace": "n"}
			cases = append(cases, object)
		}
	}
	return cases
}

// change one place at random: somewhere below a container, or here.
func change(value any, dice *rand.Rand) any {
	switch now := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(now))
		for key := range now {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		if len(keys) == 0 {
			return replacement(value, dice)
		}
		key := keys[dice.Intn(len(keys))]
		switch dice.Intn(12) {
		case 0:
			delete(now, key)
		case 1:
			return replacement(value, dice)
		case 2: // a neighbour's value, or a field that excludes another
			for _, extra := range []string{"labelSelector", "selector", "gates", "from", "approver", "name"} {
				if _, there := now[extra]; !there && dice.Intn(3) == 0 {
					now[extra] = map[string]any{"name": "x", "approver": "user:jo", "from": "high"}[extra]
					if now[extra] == nil {
						now[extra] = map[string]any{"matchLabels": map[string]any{"a": "b"}}
					}
				}
			}
		default:
			now[key] = change(now[key], dice)
		}
		return now
	case []any:
		switch at := dice.Intn(len(now) + 1); {
		case len(now) == 0 || dice.Intn(12) == 0:
			return replacement(value, dice)
		case at == len(now) && dice.Intn(2) == 0:
			return append(now, runtime.DeepCopyJSONValue(now[dice.Intn(len(now))]))
		case at == len(now):
			slices.Reverse(now)
		case dice.Intn(6) == 0:
			return slices.Delete(now, at, at+1)
		default:
			now[at] = change(now[at], dice)
		}
		return now
	default:
		return replacement(value, dice)
	}
}

func replacement(value any, dice *rand.Rand) any {
	others := []any{nil, true, int64(0), int64(-1), int64(101), 0.5, "", "x", "2027-01-31T00:00:00Z", "2027-02-30", "high", "In", "Exists", "tier-override",
		"break-glass", "experiment", []any{}, []any{"x"}, []any{nil}, map[string]any{}, map[string]any{"x": "y"}}
	switch now := value.(type) {
	case string:
		others = append(others, now+" ", " "+now, strings.ToUpper(now), now+now, "é"+now, now+"\n")
	case int64:
		others = append(others, now+1, -now, now*1000, float64(now)+0.5, float64(now))
	case float64:
		others = append(others, now/3, -now, now*1e6)
	}
	return others[dice.Intn(len(others))]
}

func file(i int) string { return fmt.Sprintf("case-%05d.json", i) }

func brief(object map[string]any) string {
	text, _ := json.Marshal(object)
	return string(text[:min(len(text), 1500)])
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
