// Checks a whole published journal with the library of Go's checksum database: go run verify.go FOLDER KEY
// What is ours here is only finding the files: golang.org/x/mod calls them tile/8/L/N, and bundles of entries are taken apart.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

type files struct{ folder string }

func (f files) Height() int { return 8 }

func (f files) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(f.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f files) entries(bundle, size int64) ([][]byte, error) {
	count := size - bundle*width
	if count > width {
		count = width
	}
	path := tlog.Tile{H: 8, L: 0, N: bundle, W: int(count)}.Path()
	data, err := os.ReadFile(filepath.Join(f.folder, strings.Replace(path, "tile/8/0/", "tile/entries/", 1)))
	var all [][]byte
	for err == nil && len(data) >= 2 {
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		all = append(all, data[2:2+length])
		data = data[2+length:]
	}
	if err == nil && (len(data) > 0 || int64(len(all)) != count) {
		err = fmt.Errorf("%s holds %d entries", path, len(all))
	}
	return all, err
}

func check(err error) {
	if err != nil {
		fmt.Println("DOES NOT HOLD:", err)
		os.Exit(1)
	}
}

func main() {
	journal := files{os.Args[1]}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	text, err := os.ReadFile(filepath.Join(journal.folder, "checkpoint"))
	check(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	var root tlog.Hash
	bytes, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	copy(root[:], bytes)
	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, journal)

	for bundle := int64(0); bundle*width < size; bundle++ {
		entries, err := journal.entries(bundle, size)
		check(err)
		var places []int64
		for i := range entries {
			places = append(places, tlog.StoredHashIndex(0, bundle*width+int64(i)))
		}
		leaves, err := hashes.ReadHashes(places)
		check(err)
		for i, entry := range entries {
			if tlog.RecordHash(entry) != leaves[i] {
				check(fmt.Errorf("entry %d is another", bundle*width+int64(i)))
			}
		}
	}

	for _, part := range []int64{0, 3, 7, 9, 10} {
		index := (size - 1) * part / 10
		path, err := tlog.ProveRecord(size, index, hashes)
		check(err)
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		check(err)
		check(tlog.CheckRecord(path, size, root, index, leaf[0]))
		before, err := tlog.TreeHash(index+1, hashes)
		check(err)
		grown, err := tlog.ProveTree(size, index+1, hashes)
		check(err)
		check(tlog.CheckTree(grown, size, root, index+1, before))
	}

	fmt.Printf("HOLDS: %d entries in %s\n", size, lines[0])
}
