// promql reads lines "WHERE<tab>EXPRESSION", parses each as Prometheus does, and prints a line for each metric in it:
// "WHERE<tab>METRIC<tab>LABEL,LABEL<tab>FUNCTION,FUNCTION", with the labels that are asked of it and the functions around it.
// A line that does not parse is named on standard error, with exit 1.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	grammar, failed := parser.NewParser(parser.Options{}), false
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		where, text, _ := strings.Cut(lines.Text(), "\t")
		expr, err := grammar.ParseExpr(text)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v: %s\n", where, err, text)
			failed = true
			continue
		}
		parser.Inspect(expr, func(node parser.Node, path []parser.Node) error {
			selector, ok := node.(*parser.VectorSelector)
			if !ok {
				return nil
			}
			labels, functions := map[string]bool{}, []string{}
			for _, matcher := range selector.LabelMatchers {
				if matcher.Name != "__name__" {
					labels[matcher.Name] = true
				}
			}
			// Labels of the aggregations around it are those of the series that it selects, too.
			for _, above := range path {
				if call, ok := above.(*parser.Call); ok {
					functions = append(functions, call.Func.Name)
				}
				if sum, ok := above.(*parser.AggregateExpr); ok && !sum.Without {
					for _, name := range sum.Grouping {
						labels[name] = true
					}
				}
			}
			names := make([]string, 0, len(labels))
			for name := range labels {
				names = append(names, name)
			}
			sort.Strings(names)
			fmt.Printf("%s\t%s\t%s\t%s\n", where, selector.Name, strings.Join(names, ","), strings.Join(functions, ","))
			return nil
		})
	}
	if failed {
		os.Exit(1)
	}
}
