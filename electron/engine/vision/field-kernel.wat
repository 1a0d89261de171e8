;; Both Gramian fields of one window. Memory: cosines x at 0, sines s at 1024 (float32, at most 256 each); the caller
;; names where the fields go. Rows run on to the next multiple of four columns, the row after overwrites the excess.
;; Its bytes stand in field-kernel.ts (any WAT assembler with SIMD makes them from this text).
(module
 (import "host" "memory" (memory 1))
 (func (export "fields") (param $n i32) (param $g i32) (param $d i32)
  (local $row i32) (local $rowEnd i32) (local $col i32) (local $x v128) (local $s v128) (local $xj v128) (local $sj v128)
  (local $end i32) (local $stride i32)
  (local.set $rowEnd (i32.shl (local.get $n) (i32.const 2)))
  (loop $rows
   (local.set $x (v128.load32_splat (local.get $row)))
   (local.set $s (v128.load32_splat offset=1024 (local.get $row)))
   (local.set $col (i32.const 0))
   (loop $cols
    (local.set $xj (v128.load (local.get $col)))
    (local.set $sj (v128.load offset=1024 (local.get $col)))
    (v128.store (i32.add (local.get $g) (local.get $col)) (f32x4.sub (f32x4.mul (local.get $x) (local.get $xj)) (f32x4.mul (local.get $s) (local.get $sj))))
    (v128.store (i32.add (local.get $d) (local.get $col)) (f32x4.sub (f32x4.mul (local.get $s) (local.get $xj)) (f32x4.mul (local.get $x) (local.get $sj))))
    (br_if $cols (i32.lt_u (local.tee $col (i32.add (local.get $col) (i32.const 16))) (local.get $rowEnd))))
   (local.set $g (i32.add (local.get $g) (local.get $rowEnd)))
   (local.set $d (i32.add (local.get $d) (local.get $rowEnd)))
   (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rowEnd))))))
