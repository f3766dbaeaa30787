// Command interop checks a log of ours with golang.org/x/mod, which shares nothing with it: the note, an inclusion
// proof, a consistency proof, and the root from a full re-hash of all leaves.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type input struct {
	VKey       string   `json:"vkey"`
	Checkpoint string   `json:"checkpoint"`
	OldRoot    []byte   `json:"oldRoot"`
	OldSize    int64    `json:"oldSize"`
	Growth     [][]byte `json:"growth"`
	Index      int64    `json:"index"`
	Inclusion  [][]byte `json:"inclusion"`
	Leaves     [][]byte `json:"leaves"`
}

func main() {
	if err := check(); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println("verified")
}

func check() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	size, root, err := open(in.Checkpoint, in.VKey)
	if err != nil {
		return fmt.Errorf("note: %w", err)
	}
	if int64(len(in.Leaves)) != size {
		return fmt.Errorf("size: %d leaves under a checkpoint of %d", len(in.Leaves), size)
	}
	rehashed, err := rehash(in.Leaves)
	if err != nil {
		return fmt.Errorf("rehash: %w", err)
	}
	if rehashed != root {
		return fmt.Errorf("rehash: the leaves have another root")
	}
	leaf := tlog.RecordHash(in.Leaves[in.Index])
	if err := tlog.CheckRecord(hashes(in.Inclusion), size, root, in.Index, leaf); err != nil {
		return fmt.Errorf("inclusion: %w", err)
	}
	if err := tlog.CheckTree(hashes(in.Growth), size, root, in.OldSize, hash(in.OldRoot)); err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	return nil
}

// open verifies a checkpoint and reads its size and root.
func open(text, vkey string) (int64, tlog.Hash, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return 0, tlog.Hash{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != sha256.Size {
		return 0, tlog.Hash{}, fmt.Errorf("the root is not a hash")
	}
	return size, hash(root), nil
}

// rehash builds the whole tree from leaf bytes.
func rehash(leaves [][]byte) (tlog.Hash, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			out[i] = stored[at]
		}
		return out, nil
	})
	for i, leaf := range leaves {
		more, err := tlog.StoredHashes(int64(i), leaf, reader)
		if err != nil {
			return tlog.Hash{}, err
		}
		stored = append(stored, more...)
	}
	return tlog.TreeHash(int64(len(leaves)), reader)
}

func hash(bytes []byte) (out tlog.Hash) {
	copy(out[:], bytes)
	return out
}

func hashes(list [][]byte) []tlog.Hash {
	out := make([]tlog.Hash, len(list))
	for i, bytes := range list {
		out[i] = hash(bytes)
	}
	return out
}
