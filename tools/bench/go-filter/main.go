// The peer of the render benches: what a Go function or post-renderer has to do at the least.
// It decodes every YAML document into nodes with yaml.v3, sets the digest of each image that the
// lock (JSON, canonical name:tag to digest) knows, and encodes everything again.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
	"strings"

	"gopkg.in/yaml.v3"
)

func main() {
	lock := readLock(os.Args[1])
	decoder := yaml.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		check(err)
		pin(&document, lock)
		check(encoder.Encode(&document))
	}
	check(encoder.Close())
	check(out.Flush())
}

func pin(node *yaml.Node, lock map[string]string) {
	if node.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(node.Content); i += 2 {
			value := node.Content[i+1]
			if node.Content[i].Value == "image" && value.Kind == yaml.ScalarNode {
				if digest, ok := lock[canonical(value.Value)]; ok {
					value.Value += "@" + digest
				}
			}
		}
	}
	for _, child := range node.Content {
		pin(child, lock)
	}
}

func canonical(image string) string {
	first, _, found := strings.Cut(image, "/")
	switch {
	case !found:
		return "docker.io/library/" + image
	case !strings.ContainsAny(first, ".:") && first != "localhost":
		return "docker.io/" + image
	}
	return image
}

func readLock(file string) map[string]string {
	text, err := os.ReadFile(file)
	check(err)
	lock := map[string]string{}
	check(json.Unmarshal(text, &lock))
	return lock
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
