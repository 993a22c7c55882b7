// Package apiserver asks the API server's own code about the CRDs: would it accept each definition (structural schema, CEL rules and their
// cost), and what would it say about each sample when somebody applies it.
package apiserver

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	definition "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/json"
	documents "k8s.io/apimachinery/pkg/util/yaml"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

const repository = "../../.."

// judge is what the API server keeps for one custom resource: schema, structural schema and compiled CEL rules.
type judge struct {
	openapi validation.SchemaValidator
	shape   *schema.Structural
	rules   *cel.Validator
}

// load reads a CRD as `kubectl apply` would and fails the test on anything that the API server would refuse.
func load(t *testing.T, path string) (string, judge) {
	t.Helper()
	scheme := runtime.NewScheme()
	install.Install(scheme)
	var external v1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(read(t, path), &external); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	scheme.Default(&external)
	var crd apiextensions.CustomResourceDefinition
	if err := scheme.Convert(&external, &crd, nil); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	crd.Status.StoredVersions = []string{external.Spec.Versions[0].Name} // the API server writes this on create
	for _, err := range definition.ValidateCustomResourceDefinition(context.Background(), &crd) {
		t.Errorf("%s: %v", path, err)
	}
	if t.Failed() {
		t.FailNow()
	}
	props := crd.Spec.Validation.OpenAPIV3Schema // the conversion hoists the schema of a single version to here
	shape, err := schema.NewStructural(props)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	openapi, _, err := validation.NewSchemaValidator(props)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return external.Spec.Names.Kind, judge{openapi, shape, cel.NewValidator(shape, true, celconfig.PerCallLimit)}
}

func judges(t *testing.T) map[string]judge {
	t.Helper()
	paths, _ := filepath.Glob(repository + "/crds/*.yaml")
	if len(paths) == 0 {
		t.Fatal("no CRDs found")
	}
	all := map[string]judge{}
	for _, path := range paths {
		kind, j := load(t, path)
		all[kind] = j
	}
	return all
}

// complaints are what the API server says about an object, old being nil for a create. Unknown fields count: it would drop them silently.
func (j judge) complaints(object, old map[string]any) (said []string) {
	if j.shape == nil {
		return []string{"no CRD defines this kind"}
	}
	for _, path := range pruning.PruneWithOptions(runtime.DeepCopyJSON(object), j.shape, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}) {
		said = append(said, path+": unknown field")
	}
	found := validation.ValidateCustomResource(nil, object, j.openapi)
	found = append(found, listtype.ValidateListSetsAndMaps(nil, j.shape, object)...)
	if len(found) == 0 { // as the API server does: rules see only objects that fit the schema
		var before any
		if old != nil {
			before = old
		}
		found, _ = j.rules.Validate(context.Background(), nil, j.shape, object, before, celconfig.RuntimeCELCostBudget)
	}
	for _, err := range found {
		said = append(said, err.Error())
	}
	return said
}

func TestDefinitionsAreAccepted(t *testing.T) {
	if kinds := judges(t); len(kinds) != 5 {
		t.Errorf("expected five kinds, found %d", len(kinds))
	}
}

func TestSamplesAreAccepted(t *testing.T) {
	kinds, count := judges(t), 0
	for _, root := range []string{"examples", "policies", "tests/fixtures", "tests/crds/good"} {
		for _, path := range files(t, filepath.Join(repository, root)) {
			found, _ := objects(t, path) // what cannot be read is for validate_samples.py to judge
			for _, object := range found {
				count++
				for _, complaint := range kinds[object["kind"].(string)].complaints(object, nil) {
					t.Errorf("%s: %s", path, complaint)
				}
			}
		}
	}
	t.Logf("%d samples", count)
}

var expectation = regexp.MustCompile(`(?m)^# expect(-apiserver)?: (.*)$`)

// Each file of bad/ names what the API server has to say. A line `# expect:` alone is for validate_samples.py, whose words differ; then
// any refusal will do here.
func TestBadSamplesAreRefused(t *testing.T) {
	kinds := judges(t)
	for _, path := range files(t, "../bad") {
		lines := expectation.FindAllStringSubmatch(string(read(t, path)), -1)
		if len(lines) == 0 {
			t.Errorf("%s: says no `# expect:`", path)
		}
		var said []string
		found, broken := objects(t, path)
		if broken != nil {
			said = append(said, broken.Error())
		}
		for _, object := range found {
			said = append(said, kinds[object["kind"].(string)].complaints(object, nil)...)
		}
		if len(said) == 0 {
			t.Errorf("%s: accepted", path)
		}
		for _, line := range lines {
			if line[1] != "" && !strings.Contains(strings.Join(said, "\n"), line[2]) {
				t.Errorf("%s: expected %q, the API server said:\n%s", path, line[2], strings.Join(said, "\n"))
			}
		}
	}
}

func TestApprovalCannotBeChanged(t *testing.T) {
	approval := judges(t)["ReadinessApproval"]
	found, _ := objects(t, "../good/approval.yaml")
	before := found[0]
	if said := approval.complaints(before, before); len(said) != 0 {
		t.Errorf("an unchanged approval was refused: %v", said)
	}
	after := runtime.DeepCopyJSON(before)
	after["spec"].(map[string]any)["decision"] = "reject"
	if said := strings.Join(approval.complaints(after, before), "\n"); !strings.Contains(said, "an approval cannot be changed") {
		t.Errorf("a changed approval was accepted: %s", said)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// files below root, except what is broken on purpose. A root that does not exist is empty.
func files(t *testing.T, root string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "broken" || entry.Name() == "fail-schema"):
			return fs.SkipDir
		case !entry.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(path)):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// objects of our kinds in a file. Anything else that stands there (workloads, patches, reports) is not for us.
func objects(t *testing.T, path string) (found []map[string]any, broken error) {
	t.Helper()
	reader := documents.NewYAMLReader(bufio.NewReader(bytes.NewReader(read(t, path))))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return found, err
		}
		text, err := yaml.YAMLToJSONStrict(document)
		var object map[string]any
		if err == nil {
			err = json.Unmarshal(text, &object) // this json keeps whole numbers whole
		}
		if err != nil {
			return found, err
		}
		if items, list := object["items"].([]any); list {
			for _, item := range items {
				if entry, ok := item.(map[string]any); ok {
					found = keep(found, entry)
				}
			}
		}
		found = keep(found, object)
	}
}

func keep(found []map[string]any, object map[string]any) []map[string]any {
	kind, _ := object["kind"].(string)
	if object["apiVersion"] == "launchgate.dev/v1alpha1" && strings.HasPrefix(kind, "Readiness") {
		return append(found, object)
	}
	return found
}
