// constant: an admission webhook that reads the request, decides nothing, and allows. What launchgate is measured against:
// the least that any webhook adds.
//
//	constant CERT KEY PORT_FILE
//
// Listens on a free port of the loopback and writes its number to PORT_FILE.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
)

var uid = regexp.MustCompile(`"uid":"([^"]*)"`) // the first one is the request's

func answer(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	found := uid.FindSubmatch(body)
	if err != nil || found == nil {
		http.Error(w, "no uid", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"%s","allowed":true}}`, found[1])
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if err := os.WriteFile(os.Args[3], []byte(port), 0o600); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ServeTLS(listener, http.HandlerFunc(answer), os.Args[1], os.Args[2]))
}
